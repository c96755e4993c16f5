public import MarketplaceCore

/// What the marketplace takes of what is sold: rules in the operator's order, how one is selected, the tax on the fee.
public struct CommissionRules: Sendable, Hashable, Codable {
    /// The rules, in the operator's order.
    public let rules: [CommissionRule]
    /// Which of several that match is taken.
    public let selection: CommissionSelection
    /// The rate of the tax that comes on top of the fee: 19% VAT.
    public let taxRate: Percentage

    /// Rules in that order.
    ///
    /// - Throws: ``CommissionError/negativeTaxRate(_:)`` when the tax is below zero.
    public init(
        _ rules: [CommissionRule],
        selection: CommissionSelection = .firstMatch,
        taxRate: Percentage = .zero
    ) throws(CommissionError) {
        guard taxRate >= .zero else { throw .negativeTaxRate(taxRate) }
        self.rules = rules
        self.selection = selection
        self.taxRate = taxRate
    }

    /// The rule for a line of these facts; nil when there is none, and with it no fee.
    ///
    /// - Complexity: O(rules).
    public func rule(for facts: CommissionFacts) -> CommissionRule? {
        switch selection {
        case .firstMatch: return rules.first { $0.match.isMet(by: facts) }
        case .mostSpecific:
            var best: CommissionRule?
            for rule in rules where rule.match.isMet(by: facts) {
                guard let held = best else {
                    best = rule
                    continue
                }
                let (more, less) = (rule.match.values.count, held.match.values.count)
                let isOlder = (rule.introducedAt ?? .distantFuture) < (held.introducedAt ?? .distantFuture)
                if more > less || more == less && isOlder { best = rule }
            }
            return best
        }
    }

    /// The fee for a line: the amount rounded half up, then the tax on it rounded half up.
    ///
    /// - Throws: ``CommissionError/amount(_:)`` when an amount does not fit.
    public func commission(on basis: CommissionBasis, of facts: CommissionFacts) throws(CommissionError) -> Commission {
        guard let rule = rule(for: facts) else { return .none(basis.net.currency) }
        let fee = try rule.amount(of: basis)
        do throws(MoneyError) {
            return Commission(rule: rule.id, fee: fee, tax: try fee.share(taxRate, rounding: .halfUp))
        } catch {
            throw .amount(error)
        }
    }

    private enum CodingKeys: String, CodingKey, CaseIterable {
        case rules, selection, taxRate
    }

    /// Decodes `rules`, `selection` (first match without it) and `taxRate` (none without it); other keys are refused.
    public init(from decoder: any Decoder) throws {
        try decoder.refuseUnknownKeys(besides: CodingKeys.self)
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let rules = try container.decode([CommissionRule].self, forKey: .rules)
        let selection = try container.decodeIfPresent(CommissionSelection.self, forKey: .selection)
        let taxRate = try container.decodeIfPresent(Percentage.self, forKey: .taxRate)
        do throws(CommissionError) {
            try self.init(rules, selection: selection ?? .firstMatch, taxRate: taxRate ?? .zero)
        } catch {
            let context = DecodingError.Context(codingPath: decoder.codingPath, debugDescription: error.description)
            throw DecodingError.dataCorrupted(context)
        }
    }
}
