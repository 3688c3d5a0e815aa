"""满意度"""

from pages.shared.access import guard
from pages.shared.board import draw
from pages.shared.data import fetch
from pages.shared.filters import sidebar_view
from services.boards import satisfaction

guard("see")
view = sidebar_view()
draw(fetch(satisfaction.board, view), view, "satisfaction")
