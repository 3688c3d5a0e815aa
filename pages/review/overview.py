"""总览"""

from pages.shared.access import guard
from pages.shared.board import draw
from pages.shared.data import fetch
from pages.shared.filters import sidebar_view
from pages.shared.first_steps import lacks_communities
from services.boards import overview
from services.i18n import _

user = guard("see")
view = sidebar_view()
if not lacks_communities(user, _("总览")):
    draw(fetch(overview.board, view), view, "overview")
