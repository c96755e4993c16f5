public import MarketplaceCore

/// Names one payout.
public typealias PayoutID = Identifier<Payout>

/// The subject of references to payouts.
public enum PayoutReferenceSubject {}

/// What the bank calls a payout.
public typealias PayoutReference = TextKey<PayoutReferenceSubject>

/// The subject of reasons of failed payouts.
public enum PayoutFailureSubject {}

/// Why a payout did not reach its seller, in the bank's terms; without personal data.
public typealias PayoutFailureReason = TextKey<PayoutFailureSubject>
