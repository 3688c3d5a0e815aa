"""服务领域"""

from pages.shared.access import guard
from pages.shared.board import draw
from pages.shared.data import fetch
from pages.shared.filters import sidebar_view
from services.boards import domain

guard("see")
view = sidebar_view("domain")
draw(fetch(domain.board, view, view.filters.domain), view, "domain")
