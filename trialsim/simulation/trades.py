"""What invented customers do for a living, and the zones and scripts of their locales."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Trade:
    """A line for the desk, and nouns that make a company's name."""

    line: str
    nouns: tuple[str, ...]


TRADES = (
    Trade("Potter, runs a small shop", ("Pottery", "Clay Works", "Kiln")),
    Trade("Baker, takes orders for Saturdays", ("Bakery", "Bread", "Oven")),
    Trade("Bookbinder, sells notebooks", ("Bindery", "Paper", "Notebooks")),
    Trade("Yoga teacher, takes bookings online", ("Yoga", "Studio", "Movement")),
    Trade("Photographer, shows weddings", ("Photography", "Pictures", "Lens")),
    Trade("Beekeeper, ships honey in autumn", ("Honey", "Apiary", "Meadow")),
    Trade("Architect in an office of three", ("Architects", "Plans", "Buildings")),
    Trade("Bicycle mechanic with a workshop", ("Cycles", "Wheels", "Bike Works")),
    Trade("Treasurer of a choir", ("Choir", "Singers", "Voices")),
    Trade("Language tutor, teaches by video", ("Languages", "Lessons", "Tutoring")),
    Trade("Gardener, sells seedlings", ("Gardens", "Nursery", "Seeds")),
    Trade("Luthier, repairs guitars", ("Guitars", "Strings", "Lutherie")),
    Trade("Owner of a guest house", ("Guest House", "Rooms", "Inn")),
    Trade("Food writer with a weekly letter", ("Kitchen", "Table", "Recipes")),
    Trade("Dog trainer, gives weekend courses", ("Dogs", "Paws", "Training")),
    Trade("Carpenter, builds to order", ("Carpentry", "Woodwork", "Joinery")),
    Trade("Secretary of a rowing club", ("Rowing Club", "Oars", "Boathouse")),
    Trade("Illustrator, sells prints", ("Prints", "Drawings", "Illustration")),
    Trade("Coffee roaster with a subscription", ("Coffee", "Roasters", "Beans")),
    Trade("Teacher, keeps the school's pages", ("School", "Classroom", "Courses")),
    Trade("Tailor, alters by appointment", ("Tailoring", "Needle", "Cloth")),
    Trade("Physiotherapist in a shared practice", ("Practice", "Physio", "Health")),
    Trade("Cheesemaker with a market stall", ("Dairy", "Cheese", "Creamery")),
    Trade("Runs a museum of local history", ("Museum", "Archive", "Heritage")),
    Trade("Toy maker, sells before the holidays", ("Toys", "Puzzles", "Playroom")),
    Trade("Travel guide in the mountains", ("Walks", "Trails", "Mountain Tours")),
    Trade("Potato farmer with a box scheme", ("Farm", "Vegetables", "Harvest")),
    Trade("Web designer, looks after clients' sites", ("Design", "Web", "Pixels")),
    Trade("Florist near the station", ("Flowers", "Petals", "Bouquets")),
    Trade("Vet with a small surgery", ("Vets", "Animal Care", "Surgery")),
    Trade("Sells restored furniture", ("Furniture", "Restoration", "Chairs")),
    Trade("Knits and sells patterns", ("Knitwear", "Wool", "Patterns")),
)

ZONES = {
    "en_US": ("America/New_York", "America/Chicago", "America/Denver", "America/Los_Angeles"),
    "en_GB": ("Europe/London", "Europe/London", "Europe/Dublin"),
    "it_IT": ("Europe/Rome",),
    "de_DE": ("Europe/Berlin", "Europe/Berlin", "Europe/Vienna", "Europe/Zurich"),
    "fr_FR": ("Europe/Paris", "Europe/Paris", "Europe/Brussels", "America/Toronto"),
    "es_ES": ("Europe/Madrid", "America/Mexico_City", "America/Bogota", "America/Lima"),
    "pt_BR": ("America/Sao_Paulo", "America/Sao_Paulo", "America/Manaus"),
    "ko_KR": ("Asia/Seoul",),
    "ja_JP": ("Asia/Tokyo",),
}
# Families come first where the customer writes in this language.
FAMILY_FIRST = ("ko_KR", "ja_JP")
MAIL_HOSTS = ("post.example", "mailbox.example", "letters.example", "inbox.example")
