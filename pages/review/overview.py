"""总览"""

from pages.shared.access import guard
from pages.shared.board import draw
from pages.shared.data import fetch
from pages.shared.filters import sidebar_view
from services.boards import overview

guard("see")
view = sidebar_view()
draw(fetch(overview.board, view), view, "overview")
