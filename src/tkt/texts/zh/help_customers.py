"""What --help says of customers, in Chinese."""

from __future__ import annotations

TEXTS = {
    "help.option.prefer": "一项喜好，名称=内容，可重复；内容留空就去掉",
    "help.option.full": "显示完整的联系方式、地址和证件号；只给需要的人看",
    "help.option.customer_into": "并到哪个客户",
    "help.option.customer_tag": "只列有这个标签的，可重复",
    "help.option.order_channel": "买家会员名属于哪个平台；不写是 qianniu",
    "help.option.order_map": "列名=字段，可重复；等号后面留空就跳过这一列",
    "help.customer": (
        "客户\n"
        "\n"
        "每位客户一个文件，写着几个渠道的联系方式、喜好、标签和备注；用哪个联系方式都找得到。\n"
        "手机号、地址和证件号只在这里，显示时默认遮住。写法见 kb/training/customers.md。\n"
        "\n"
        "  $ tkt customer list\n"
        "  $ tkt customer show 13800138000"
    ),
    "help.customer.add": (
        "建一位客户\n"
        "\n"
        "NAME 是名字，后面是“项目=值”：phone、mail、qianniu、wechat 等渠道，address、id、tag、marketing。\n"
        "联系方式已属于别人就拒绝。\n"
        "\n"
        "  $ tkt customer add 陈晓燕 phone=13900139000 旺旺=tb_小燕\n"
        "  $ tkt customer add 周先生 marketing=no --prefer 快递=顺丰"
    ),
    "help.customer.show": (
        "客户卡片\n"
        "\n"
        "CUSTOMER 是客户编号、任意联系方式、姓名或一张工单：标签和原因、订单、最近工单、评价、喜好、备注。\n"
        "手机号、邮箱、地址和证件号默认遮住，--full 显示完整的，只给需要的人看。\n"
        "\n"
        "  $ tkt customer show 王小明\n"
        "  $ tkt customer show 13800138000 --full\n"
        "  $ tkt customer show M3WX --json   # 这张工单的客户"
    ),
    "help.customer.list": (
        "列出客户\n"
        "\n"
        "按名字排；写了 WORD 就只列名字或联系方式里有它的。\n"
        "\n"
        "  $ tkt customer list\n"
        "  $ tkt customer list 王 --tag vip\n"
        "  $ tkt customer list --csv --limit 100"
    ),
    "help.customer.set": (
        "改客户资料\n"
        "\n"
        "“项目=值”加上或改掉，“项目-=值”去掉。按规则打的标签不能手工去掉。\n"
        "\n"
        "  $ tkt customer set 王小明 phone=13700137000 tag=老朋友\n"
        "  $ tkt customer set 王小明 phone-=13800138000\n"
        "  $ tkt customer set 王小明 marketing=no --prefer 快递=顺丰"
    ),
    "help.customer.note": (
        "给客户写备注\n"
        "\n"
        "只给同事看，写下就不改；TEXT 写 - 就从标准输入读。\n"
        "\n"
        '  $ tkt customer note 王小明 "下午不方便接电话"'
    ),
    "help.customer.merge": (
        "两份档案是同一个人\n"
        "\n"
        "CUSTOMER 的联系方式、备注等都归到 --into 的客户；他的工单和订单以后都在那里找到。原来的文件保留，写明并到了哪里。\n"
        "\n"
        "  $ tkt customer merge tb_小明 --into 13800138000"
    ),
    "help.customer.import": (
        "导入订单\n"
        "\n"
        "FILE 是平台导出的订单表，CSV，GBK 或 UTF-8 都行；认得天猫、淘宝的列名，也认得英文列名。\n"
        "订单放进 orders/年/月/日.csv，收货人、手机和地址只进客户的文件。同一订单再来，变了就更新，没变就不动。\n"
        "读不懂的行逐行指出，其余照样导入；整个文件要么都在，要么都不在。\n"
        "\n"
        "  $ tkt customer import 订单.csv --dry-run\n"
        "  $ tkt customer import 订单.csv\n"
        "  $ tkt customer import 订单.csv --map 备注= --json"
    ),
    "help.customer.retag": (
        "按规则打标签\n"
        "\n"
        "照 classify.yaml 的 tags: 看每位客户的订单和评价：消费、单数、多久没来、平均几星、退款几次。\n"
        "够不上了就去掉，并说明原因；手工打的标签不动。每位客户一次提交，记着加了什么、去了什么、为什么。\n"
        "\n"
        "  $ tkt customer retag --dry-run\n"
        "  $ tkt customer retag"
    ),
}
