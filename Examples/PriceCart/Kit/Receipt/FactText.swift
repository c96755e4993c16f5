import MarketplaceJSON
import MarketplacePromotions

/// The facts of a refusal as a line of names and values, from its JSON: what the JSON has, the receipt has too.
enum FactText {
    /// `total (found 25000 KRW; wanted atLeast 30000 KRW)`.
    static func text(of refusal: PromotionRefusal) -> String {
        guard let bytes = try? JSONDocument.encode(refusal), let fact = try? JSONDocument.decode(Fact.self, from: bytes)
        else { return refusal.reason }
        return fact.text
    }

    private enum Fact: Decodable {
        case value(String)
        case array([Fact])
        case object([String: Fact])

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if let text = try? container.decode(String.self) {
                self = .value(text)
            } else if let number = try? container.decode(Int64.self) {
                self = .value("\(number)")
            } else if let flag = try? container.decode(Bool.self) {
                self = .value("\(flag)")
            } else if let facts = try? container.decode([Fact].self) {
                self = .array(facts)
            } else {
                self = .object(try container.decode([String: Fact].self))
            }
        }

        var text: String {
            switch self {
            case .value(let text): return text
            case .array(let facts): return "[\(facts.map(\.text).joined(separator: ", "))]"
            case .object(let members):
                let facts = members.filter { $0.key != "reason" && $0.key != "sentence" }.sorted { $0.key < $1.key }
                    .map { "\($0.key) \($0.value.text)" }.joined(separator: "; ")
                guard let reason = members["reason"]?.text else { return facts }
                return facts.isEmpty ? reason : "\(reason) (\(facts))"
            }
        }
    }
}
