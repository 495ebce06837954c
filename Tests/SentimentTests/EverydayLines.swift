import EarshotDomain

/// Plain praise and blame, the same under negation, set phrases, and news that takes no side.
///
/// By the hand that wrote the word tables: words and short phrases of some lines (不错, 缺点,
/// 没有让我失望) stand in those, so that the share that comes out right is no estimate for new text.
enum EverydayLines {
    typealias Line = (text: String, label: Sentiment.Label)

    static let english: [Line] =
        lines(
            .positive,
            """
            not bad at all
            Not bad for the price.
            You can't go wrong with this one
            never had a problem with it
            I have no complaints whatsoever
            This phone never disappoints.
            can't wait for the new model!
            It isn't ugly, it's gorgeous
            I couldn't be happier with my kettle
            No problem, works great
            There is nothing to complain about
            I don't regret buying it
            never been happier
            The battery does not disappoint
            not the worst by any means, quite good actually
            I love this kettle
            Best purchase this year 👍
            works perfectly, would buy again
            I was worried, but it is excellent
            Delivery was slow but the product is wonderful
            super easy to use, thank you!
            😍😍😍
            Well done to the support team
            the update fixed everything, very happy
            It never breaks, and it is not expensive
            No issues so far, highly recommended
            I wasn't disappointed
            not a single bad thing to say
            hardly any noise, great sleep
            you will not be disappointed
            """)
        + lines(
            .negative,
            """
            not good
            I do not like it
            I don't love this phone anymore
            It is not worth the money
            This isn't what I call good service
            never buying from them again
            The app doesn't work
            not happy with the new battery
            I wouldn't recommend this to anyone
            It was never comfortable
            no good at all
            The screen is not bright and not sharp
            could have been better
            Worst kettle ever
            The battery died after two days 😡
            I am so disappointed
            It looks nice but it broke after a week
            Great design, however the sound is terrible
            stopped working, want my money back
            a complete waste of money
            customer service was rude and useless
            👎👎
            this is awful!!!
            I hate the new update
            The charger caught fire and burned my desk
            nothing works since the update
            didn't help at all
            They don't care about customers
            nobody likes the new logo
            it lacks any charm
            """)
        + lines(
            .neutral,
            """
            Police said the road was closed
            The phone weighs 180 grams
            The company will publish its results on Thursday.
            The meeting starts at 10 am in room 4.
            The kettle comes in three colours: black, white and red.
            Shares were unchanged at 41 dollars on Monday.
            The store opens at nine.
            The new model will be available in March.
            Two spokespeople declined to comment.
            The report was published on the company's website.
            The device measures 20 by 30 centimetres.
            Its headquarters are in Lyon.
            """)

    static let chinese: [Line] =
        lines(
            .positive,
            """
            不错
            质量还不错
            一点也不贵
            没有任何问题
            不是最差的，挺好用
            用了一年没坏过，很满意
            我今天很高兴
            物流很快，包装也好
            客服态度很好，点赞
            没什么可挑剔的
            从来没有让我失望
            买了不后悔
            性价比高，值得购买
            虽然有点贵，但是质量非常好
            太棒了👍
            这款水壶真好用
            味道很好，下次还来
            声音不吵，睡得很香
            毫无缺点
            强烈推荐给大家
            喜欢，会回购
            不愧是大品牌
            升级以后流畅多了
            孩子很喜欢
            """)
        + lines(
            .negative,
            """
            我今天不高兴
            不好
            一点也不好吃
            质量不好
            不推荐购买
            没有想象中好
            再也不会买了
            不值这个价
            客服不理人
            太失望了
            用了两天就坏了
            电池很差，发热严重
            味道不怎么样
            送餐太慢，菜都凉了
            外观漂亮，但是声音太大
            退货还要自己出运费，真生气😡
            不喜欢这个设计
            假货，千万别买
            根本不能用
            垃圾软件，天天闪退
            服务态度恶劣
            没有用，浪费钱
            从来没有这么难吃过
            充电器起火了，太可怕
            """)
        + lines(
            .neutral,
            """
            公司将于周四公布业绩。
            会议上午十点开始
            手机重180克。
            新品将于三月上市
            商店九点开门。
            发布会在上海举行
            该公司总部位于杭州。
            明天多云，气温二十度
            """)

    private static func lines(_ label: Sentiment.Label, _ text: String) -> [Line] {
        text.split(separator: "\n").map { (String($0), label) }
    }
}
