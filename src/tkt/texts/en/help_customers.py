"""What --help says of customers, in English."""

from __future__ import annotations

TEXTS = {
    "help.option.prefer": "a preference, NAME=TEXT, again and again; no text takes it away",
    "help.option.full": "contacts, addresses and ids in full; for those only who need them",
    "help.option.customer_into": "the customer to merge into",
    "help.option.customer_tag": "only those with this tag; again and again",
    "help.option.order_channel": "the platform that the buyers' nicks belong to; qianniu if not said",
    "help.option.order_map": "COLUMN=FIELD, again and again; nothing behind the equals sign skips it",
    "help.customer": (
        "Customers\n"
        "\n"
        "A file each, with contacts on several channels, preferences, tags and notes; found by any contact.\n"
        "Phone numbers, addresses and ids stand here only, masked when shown. See kb/training/customers.md.\n"
        "\n"
        "  $ tkt customer list\n"
        "  $ tkt customer show 13800138000"
    ),
    "help.customer.add": (
        "Add a customer\n"
        "\n"
        "NAME, then KEY=VALUE: channels as phone, mail, qianniu, wechat; address, id, tag, marketing.\n"
        "Refused if a contact is somebody else's already.\n"
        "\n"
        "  $ tkt customer add Anna phone=13900139000 qianniu=tb_anna\n"
        "  $ tkt customer add Zhou marketing=no --prefer courier=SF"
    ),
    "help.customer.show": (
        "A customer's card\n"
        "\n"
        "CUSTOMER is an id, any contact, a name or a ticket: tags and why, orders, last tickets, ratings, preferences, notes.\n"
        "Phone, mail, addresses and ids are masked; --full shows them, for those only who need them.\n"
        "\n"
        "  $ tkt customer show 王小明\n"
        "  $ tkt customer show 13800138000 --full\n"
        "  $ tkt customer show M3WX --json   # the customer of this ticket"
    ),
    "help.customer.list": (
        "List customers\n"
        "\n"
        "By name; with WORD only those who have it in their name or contacts.\n"
        "\n"
        "  $ tkt customer list\n"
        "  $ tkt customer list 王 --tag vip\n"
        "  $ tkt customer list --csv --limit 100"
    ),
    "help.customer.set": (
        "Change what is known of a customer\n"
        "\n"
        "KEY=VALUE adds or changes, KEY-=VALUE takes away. A tag given by rule cannot be taken by hand.\n"
        "\n"
        "  $ tkt customer set 王小明 phone=13700137000 tag=regular\n"
        "  $ tkt customer set 王小明 phone-=13800138000\n"
        "  $ tkt customer set 王小明 marketing=no --prefer courier=SF"
    ),
    "help.customer.note": (
        "Note something about a customer\n"
        "\n"
        "For colleagues only, and there to stay; with - as TEXT it is read from standard input.\n"
        "\n"
        '  $ tkt customer note 王小明 "no calls in the afternoon"'
    ),
    "help.customer.merge": (
        "Two files are one person\n"
        "\n"
        "What is known of CUSTOMER goes to the one behind --into, and their tickets and orders are found there from now on. The old file stays and says where it led.\n"
        "\n"
        "  $ tkt customer merge tb_小明 --into 13800138000"
    ),
    "help.customer.import": (
        "Import orders\n"
        "\n"
        "FILE is a platform's export, CSV in GBK or UTF-8, with the column names of Tmall and Taobao or English ones.\n"
        "Orders go to orders/YYYY/MM/DD.csv; receiver, phone and address go to the customer's file only. An order that comes again is updated if it differs.\n"
        "Lines that cannot be read are named one by one and the rest is taken; all of the file is there, or none.\n"
        "\n"
        "  $ tkt customer import export.csv --dry-run\n"
        "  $ tkt customer import export.csv\n"
        "  $ tkt customer import export.csv --map 备注= --json"
    ),
    "help.customer.retag": (
        "Give tags by rule\n"
        "\n"
        "By tags: in classify.yaml, from orders and ratings: money spent, number of orders, how long ago, stars, refunds.\n"
        "A tag that no longer holds is taken, and why is said; tags given by hand stay. One commit per customer says what was given or taken, and why.\n"
        "\n"
        "  $ tkt customer retag --dry-run\n"
        "  $ tkt customer retag"
    ),
}
