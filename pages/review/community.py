"""社区"""

from pages.shared.access import guard
from pages.shared.board import draw
from pages.shared.data import fetch
from pages.shared.filters import sidebar_view
from pages.shared.first_steps import lacks_communities
from pages.shared.inspections.beside import of_community
from services.boards import community
from services.i18n import _

user = guard("see")
view = sidebar_view("community")
if view.filters.communities:
    chosen = view.filters.communities[0]
    draw(fetch(community.board, view.only(), chosen), view, "community")
    of_community(chosen, user)
else:
    lacks_communities(user, _("社区"))
