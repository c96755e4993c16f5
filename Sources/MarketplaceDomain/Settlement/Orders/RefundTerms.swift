import MarketplaceCore

/// What is known of how much a refund gives.
struct RefundTerms {
    /// What is given now; nil where it is what was paid for the units, as far as that is left.
    let given: Money?
    /// What is not given because it was given before; nil for nothing, or for not known where nothing else is.
    let givenBefore: Money?
    /// Who keeps what is in neither, or bears what is in them beyond what was paid; nil for the marketplace.
    let bearer: SellerID?
}
