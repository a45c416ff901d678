"""Help for classifying, in English."""

from __future__ import annotations

TEXTS: dict[str, str] = {
    "help.option.explain_words": "Show every rule and word that counted, and those that were denied",
    "help.option.apply": "Classify the tickets that this query finds anew; what a person set stays",
    "help.option.impact": "How much it affects: a step of the matrix in classify.yaml; with --urgency it makes the priority",
    "help.option.urgency": "How soon it matters: a step of the matrix in classify.yaml",
    "help.option.least": "Exit with 1 if less than this share is right, such as 0.9",
    "help.option.suggest_for": "Only for this category",
    "help.option.accept": "Take this word into classify.yaml, for the category named; may be given several times",
    "help.classify": (
        "What a text or a ticket is about, and why\n"
        "\n"
        "The category that the words of classify.yaml give a text, ranked with the others that fit, and the workflow, team, severity and priority that follow; nothing is recorded. One word that is part of a ticket's id means that ticket, anything else is a text, - is standard input. With --apply the tickets of a query are classified anew, each in its own commit: only fields that nobody has set by hand, and the workflow only of tickets that are not begun. A text that begins like a command below goes behind --.\n"
        "\n"
        "  $ tkt classify 收到的杯子碎了,要求退款\n"
        "  $ tkt classify 7KQ4 --explain\n"
        "  $ tkt classify 快递三天没动 --json\n"
        "  $ tkt classify --apply 'status:open category:other' --dry-run\n"
        "  $ echo 'Where is my parcel?' | tkt classify -"
    ),
    "help.classify.check": (
        "How often classify.yaml is right\n"
        "\n"
        "FILE is CSV or JSON lines in any usual encoding with a column text and a column label, a category's name or label. Shown are the share that is right, precision (of those found, how many were) and recall (of those there, how many were found) of each category, what was taken for what, and the misses that were most sure. Exits with 1 if a row cannot be used, or less than --least is right.\n"
        "\n"
        "  $ tkt classify check labelled.csv\n"
        "  $ tkt classify check labelled.jsonl --least 0.9 --json"
    ),
    "help.classify.suggest": (
        "Words that agents' own decisions speak for\n"
        "\n"
        "Learns from tickets whose category a person chose, and proposes keywords: how many tickets of a held-out fifth each would put right, and how many wrong. It needs pip install 'tkt[learn]'. Nothing changes until somebody accepts a word: then it stands in classify.yaml, in one commit, and the file keeps its layout.\n"
        "\n"
        "  $ tkt classify suggest\n"
        "  $ tkt classify suggest --category quality --json\n"
        "  $ tkt classify suggest --category quality --accept 掉色 --accept 起球"
    ),
}
