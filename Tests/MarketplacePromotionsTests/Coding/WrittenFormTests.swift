import MarketplaceCore
import MarketplaceJSON
import MarketplacePromotions
import Testing

/// The form is public: rules that are stored today are read by every later version.
struct WrittenFormTests {
    private func text(of value: some Encodable) throws -> String {
        String(decoding: try JSONDocument.encode(value), as: UTF8.self)
    }

    @Test func aPromotionIsWrittenWithoutWhatIsUsual() throws {
        let promotion = Promotion("spring", .percentOff(.percent(20)))
        #expect(try text(of: promotion) == #"{"benefit":{"percentOff":{"percent":"20%"}},"id":"spring"}"#)
    }

    @Test func aPromotionIsWrittenInTheWordsOfPeople() throws {
        let promotion = Promotion(
            "spring",
            .percentOff(.basisPoints(1_250), cap: Money(minorUnits: 5_000, .krw)),
            name: "Spring",
            isActive: false,
            period: PromotionPeriod(from: Timestamp(microsecondsSinceEpoch: 1_772_290_800_000_000)),
            codes: ["SPRING20"],
            when: .all([
                .member, .total(.atLeast(Money(minorUnits: 30_000, .krw)), of: .categories(["shoes"])),
                .weekdays([.saturday], try #require(UTCOffset(minutes: 540))),
                .attribute("campus", .noneOf(["north"])),
            ]),
            lines: .not(.alreadyDiscounted),
            units: .cheapest(1),
            consumes: .qualifying,
            stacking: StackingRule(.product, priority: 2, isExclusive: true, isUsedAlone: true, combinesWith: .nothing),
            limits: PromotionLimits(total: 5, perMember: 1, perAttribute: .init("email", limit: 2)),
            bearer: .shared(sellers: .percent(50))
        )
        let form = """
            {"active":false,"bearer":{"shared":{"sellers":"50%"}},\
            "benefit":{"percentOff":{"cap":"5000 KRW","percent":"12.5%"}},"codes":["SPRING20"],"consumes":"qualifying",\
            "id":"spring","limits":{"perAttribute":{"limit":2,"name":"email"},"perMember":1,"total":5},"name":"Spring",\
            "period":{"from":"2026-02-28T15:00:00Z"},"scope":{"lines":{"not":"already_discounted"},\
            "units":{"order":"cheapest_first","perOrder":1}},"stacking":{"class":"product","combinesWith":[],\
            "exclusive":true,"priority":2,"usedAlone":true},"when":{"all":["member",{"total":{"atLeast":"30000 KRW",\
            "of":{"categories":["shoes"]}}},{"weekdays":{"days":["saturday"],"utcOffset":"+09:00"}},\
            {"attribute":{"name":"campus","noneOf":["north"]}}]}}
            """
        #expect(try text(of: promotion) == form)
    }

    @Test(arguments: [
        (
            PromotionBenefit.buyGet(BuyGet(buy: 2, of: .skus(["A"]), get: 1, reward: .percentOff(.percent(50)))),
            #"{"buyGet":{"buy":{"of":{"skus":["A"]},"units":2},"get":{"units":1},"reward":{"percentOff":"50%"}}}"#
        ),
        (
            .tiers(BenefitTiers(by: .goodsTotal, in: .usd, [.init(from: 100, .percentOff(.percent(5)))])),
            #"{"tiers":{"by":"goods_total","steps":[{"benefit":{"percentOff":{"percent":"5%"}},"from":"1.00 USD"}]}}"#
        ),
        (
            .tiers(BenefitTiers(by: .lineQuantity, [.init(from: 3, .percentOff(.percent(5)))])),
            #"{"tiers":{"by":"line_quantity","steps":[{"benefit":{"percentOff":{"percent":"5%"}},"from":3}]}}"#
        ),
        (.shipping(.free), #"{"shipping":"free"}"#),
        (
            .shipping(.free, attribute: .init("service", .anyOf(["post"]))),
            #"{"shipping":{"percentOff":"100%","where":{"anyOf":["post"],"name":"service"}}}"#
        ),
        (
            .shipping(.price(.zero(.krw)), attribute: .init("weight", .number(.atMost(30)))),
            #"{"shipping":{"price":"0 KRW","where":{"name":"weight","number":{"atMost":30}}}}"#
        ),
    ])
    func aBenefitIsAnObjectWithOneKey(benefit: PromotionBenefit, form: String) throws {
        #expect(try text(of: benefit) == form)
        #expect(try JSONDocument.decode(PromotionBenefit.self, from: Array(form.utf8)) == benefit)
    }

    @Test(arguments: [
        (#""2026-03-01T00:00:00+09:00""#, "2026-02-28T15:00:00Z"), (#""2026-03-01T00:00:00Z""#, "2026-03-01T00:00:00Z"),
    ])
    func aTimeMayHaveAnyOffset(form: String, utc: String) throws {
        let period = try JSONDocument.decode(PromotionPeriod.self, from: Array("{\"from\": \(form)}".utf8))
        #expect(period.from?.description == utc)
    }

    @Test func whatBelongsToAnOrderTakesTheWordFree() throws {
        let free = try JSONDocument.decode(
            PromotionBenefit.self,
            from: Array(#"{"shipping": {"percentOff": "100%"}}"#.utf8)
        )
        #expect(free == .shipping(.free))
    }

    @Test(arguments: ["00:00", "09:05", "24:00"])
    func aTimeOfDayIsHoursAndMinutes(form: String) throws {
        let time = try JSONDocument.decode(TimeOfDay.self, from: Array("\"\(form)\"".utf8))
        #expect(time.description == form)
    }

    @Test(arguments: ["+00:00", "-03:30", "+18:00", "-18:00"])
    func anOffsetIsSignHoursAndMinutes(form: String) throws {
        let offset = try JSONDocument.decode(UTCOffset.self, from: Array("\"\(form)\"".utf8))
        #expect(offset.description == form)
    }
}
