public import MarketplaceCore

/// What a ``PaymentDiscrepancyID`` names.
public enum PaymentDiscrepancySubject {}

/// Names something a gateway did that does not fit; it follows from what differs, so that the same one is listed once.
public typealias PaymentDiscrepancyID = Identifier<PaymentDiscrepancySubject>

/// What somebody who has looked into a discrepancy says of what the gateway was asked.
public enum PaymentDiscrepancyEnd: String, Sendable, Hashable, Codable, CaseIterable {
    /// It is done as it was asked for; what differed was put right at the gateway.
    case done
    /// It is not done, and will not be; what was moved all the same was given back at the gateway.
    case notDone
}
