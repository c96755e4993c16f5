import MarketplaceCore

extension TenderPlan {
    enum CodingKeys: String, CodingKey {
        case total
        case tenders
        case refunded
    }

    /// Reads a plan, and checks that its tenders add up to its total and that none gave back more than it took.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let total = try container.decode(Money.self, forKey: .total)
        let tenders = try container.decode([Tender].self, forKey: .tenders)
        let refunded = try container.decode([Money].self, forKey: .refunded)
        func corrupted(_ text: String) -> DecodingError {
            .dataCorrupted(DecodingError.Context(codingPath: decoder.codingPath, debugDescription: text))
        }
        guard refunded.count == tenders.count else { throw corrupted("as many refunds as tenders") }
        guard refunded.allSatisfy({ $0.currency == total.currency }) else { throw corrupted("one currency") }
        for (tender, back) in zip(tenders, refunded)
        where back.isNegative || back.minorUnits > tender.amount.minorUnits {
            throw corrupted("a tender gives back at most what it took")
        }
        do throws(TenderRefusal) {
            self = try TenderPlan(total: total, offers: tenders.map { TenderOffer($0.source, upTo: $0.amount) })
        } catch {
            throw corrupted(error.description)
        }
        guard self.tenders == tenders else { throw corrupted("tenders in the order of taking, adding up to the total") }
        self.refunded = refunded
    }
}
