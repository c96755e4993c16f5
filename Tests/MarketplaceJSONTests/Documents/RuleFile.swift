import MarketplaceCore

/// A stand-in for a file of rules, with one of everything that can go wrong.
struct RuleFile: Codable, Hashable {
    var rules: [Rule]
    var budget: Money?
    var note: String?
}

struct Rule: Codable, Hashable {
    enum Channel: String, Codable, CaseIterable { case web, app }
    enum Level: Int, Codable { case low = 1, high = 2 }

    var name: String
    var benefit: Benefit?
    var count: Int64?
    var small: UInt8?
    var share: Double?
    var isActive: Bool?
    var channel: Channel?
    var level: Level?
    var tags: [String]?
    var odd: [String: [Int]]?
    var numbered: [Int: Bool]?
    var word: Word?
    var wide: Int128?
    var maybe: [Int?]?

    enum CodingKeys: String, CodingKey, CaseIterable {
        case name, benefit, count, small, share, isActive, channel, level, tags, odd, numbered, word, wide, maybe
    }

    init(name: String) {
        self.name = name
    }

    init(from decoder: any Decoder) throws {
        try decoder.refuseUnknownKeys(besides: CodingKeys.self)
        let container = try decoder.container(keyedBy: CodingKeys.self)
        name = try container.decode(String.self, forKey: .name)
        benefit = try container.decodeIfPresent(Benefit.self, forKey: .benefit)
        count = try container.decodeIfPresent(Int64.self, forKey: .count)
        small = try container.decodeIfPresent(UInt8.self, forKey: .small)
        share = try container.decodeIfPresent(Double.self, forKey: .share)
        isActive = try container.decodeIfPresent(Bool.self, forKey: .isActive)
        channel = try container.decodeIfPresent(Channel.self, forKey: .channel)
        level = try container.decodeIfPresent(Level.self, forKey: .level)
        tags = try container.decodeIfPresent([String].self, forKey: .tags)
        odd = try container.decodeIfPresent([String: [Int]].self, forKey: .odd)
        numbered = try container.decodeIfPresent([Int: Bool].self, forKey: .numbered)
        word = try container.decodeIfPresent(Word.self, forKey: .word)
        wide = try container.decodeIfPresent(Int128.self, forKey: .wide)
        maybe = try container.decodeIfPresent([Int?].self, forKey: .maybe)
    }
}

indirect enum Benefit: Codable, Hashable {
    case percent(Int)
    case amount(Money)
    case best(of: [Benefit])
}

/// A text that refuses itself with an error of its own.
struct Word: Codable, Hashable {
    struct Refusal: Error, CustomStringConvertible {
        var description: String { "a word\nhas no spaces" }
    }

    var text: String

    init(from decoder: any Decoder) throws {
        text = try decoder.singleValueContainer().decode(String.self)
        if text.contains(" ") { throw Refusal() }
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }
}
