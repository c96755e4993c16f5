import MarketplaceCore

extension PromotionCondition: Codable {
    private enum CodingKeys: String, CodingKey, CaseIterable {
        case all
        case any
        case not
        case total
        case quantity
        case distinctProducts
        case groups
        case orderNumber
        case emailDomains
        case countries
        case paymentMethods
        case currencies
        case period
        case weekdays
        case hours
        case attribute
    }

    private static let alwaysWord = "always"
    private static let memberWord = "member"

    /// Decodes the form that ``encode(to:)`` writes.
    public init(from decoder: any Decoder) throws {
        self = try decoder.choice(
            words: [Self.alwaysWord: .always, Self.memberWord: .member]
        ) { (key: CodingKeys, container) in
            switch key {
            case .all: .all(try container.read(key))
            case .any: .any(try container.read(key))
            case .not: .not(try container.read(key))
            case .total, .quantity, .distinctProducts: try Self.goods(key, container)
            case .groups: .groups(try container.read(key))
            case .orderNumber: .orderNumber(try container.read(key))
            case .emailDomains: .emailDomains(try container.read(key))
            case .countries: .countries(try container.read(key))
            case .paymentMethods: .paymentMethods(try container.read(key))
            case .currencies: .currencies(try container.read(key))
            case .period: .period(try container.read(key))
            case .weekdays, .hours: try Self.localTime(key, container)
            case .attribute: Self.attribute(try container.read(key))
            }
        }
    }

    private static func goods(
        _ key: CodingKeys,
        _ container: KeyedDecodingContainer<CodingKeys>
    ) throws -> PromotionCondition {
        if key == .total {
            let wanted: RangeOfLines<AmountRange> = try container.read(key)
            return .total(wanted.range, of: wanted.lines)
        }
        let wanted: RangeOfLines<CountRange> = try container.read(key)
        return key == .quantity
            ? .quantity(wanted.range, of: wanted.lines) : .distinctProducts(wanted.range, of: wanted.lines)
    }

    private static func localTime(
        _ key: CodingKeys,
        _ container: KeyedDecodingContainer<CodingKeys>
    ) throws -> PromotionCondition {
        if key == .weekdays {
            let wanted: LocalWeekdays = try container.read(key)
            return .weekdays(wanted.days, wanted.offset)
        }
        let wanted: LocalHours = try container.read(key)
        return .hours(from: wanted.from, until: wanted.until, wanted.offset)
    }

    private static func attribute(_ condition: PromotionBenefit.AttributeCondition) -> PromotionCondition {
        .attribute(condition.name, condition.test)
    }

    /// Encodes a word, `"always"` or `"member"`, or an object with one key: `{"all": ["member", {"groups": ["vip"]}]}`,
    /// `{"total": {"atLeast": "30000 KRW", "of": {"categories": ["shoes"]}}}`, `{"orderNumber": {"atMost": 1}}`,
    /// `{"hours": {"from": "18:00", "until": "22:00", "utcOffset": "+09:00"}}`.
    public func encode(to encoder: any Encoder) throws {
        switch self {
        case .always: try encoder.write(word: Self.alwaysWord)
        case .member: try encoder.write(word: Self.memberWord)
        case .all(let conditions): try encoder.write(conditions, as: CodingKeys.all)
        case .any(let conditions): try encoder.write(conditions, as: CodingKeys.any)
        case .not(let condition): try encoder.write(condition, as: CodingKeys.not)
        case .total(let range, let lines): try encoder.write(RangeOfLines(range, of: lines), as: CodingKeys.total)
        case .quantity(let range, let lines):
            try encoder.write(RangeOfLines(range, of: lines), as: CodingKeys.quantity)
        case .distinctProducts(let range, let lines):
            try encoder.write(RangeOfLines(range, of: lines), as: CodingKeys.distinctProducts)
        case .groups(let groups): try encoder.write(groups, as: CodingKeys.groups)
        case .orderNumber(let range): try encoder.write(range, as: CodingKeys.orderNumber)
        case .emailDomains(let domains): try encoder.write(domains, as: CodingKeys.emailDomains)
        case .countries(let countries): try encoder.write(countries, as: CodingKeys.countries)
        case .paymentMethods(let methods): try encoder.write(methods, as: CodingKeys.paymentMethods)
        case .currencies(let currencies): try encoder.write(currencies, as: CodingKeys.currencies)
        case .period(let period): try encoder.write(period, as: CodingKeys.period)
        case .weekdays(let days, let offset):
            try encoder.write(LocalWeekdays(days: days, offset: offset), as: CodingKeys.weekdays)
        case .hours(let from, let until, let offset):
            try encoder.write(LocalHours(from: from, until: until, offset: offset), as: CodingKeys.hours)
        case .attribute(let name, let test):
            try encoder.write(PromotionBenefit.AttributeCondition(name, test), as: CodingKeys.attribute)
        }
    }
}

/// Days of the week where local time is so far ahead of UTC.
private struct LocalWeekdays: Codable {
    let days: [Weekday]
    let offset: UTCOffset

    private enum CodingKeys: String, CodingKey, CaseIterable {
        case days
        case offset = "utcOffset"
    }

    init(days: [Weekday], offset: UTCOffset) {
        self.days = days
        self.offset = offset
    }

    init(from decoder: any Decoder) throws {
        let fields = try decoder.fields(CodingKeys.self)
        days = try fields.read(.days)
        offset = try fields.read(.offset)
    }
}

/// A part of the day where local time is so far ahead of UTC.
private struct LocalHours: Codable {
    let from: TimeOfDay
    let until: TimeOfDay
    let offset: UTCOffset

    private enum CodingKeys: String, CodingKey, CaseIterable {
        case from
        case until
        case offset = "utcOffset"
    }

    init(from: TimeOfDay, until: TimeOfDay, offset: UTCOffset) {
        self.from = from
        self.until = until
        self.offset = offset
    }

    init(from decoder: any Decoder) throws {
        let fields = try decoder.fields(CodingKeys.self)
        from = try fields.read(.from)
        until = try fields.read(.until)
        offset = try fields.read(.offset)
    }
}
