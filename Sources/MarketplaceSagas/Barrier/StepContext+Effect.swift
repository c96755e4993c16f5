public import MarketplaceCore

extension StepContext {
    /// Names the step's effect: the same for the step and for its undo, for a ``Barrier``.
    public var effectKey: IdempotencyKey {
        // An identifier and the name of a step, whose length and bytes the definition has checked.
        IdempotencyKey(unchecked: "\(saga)/\(step)/effect")
    }
}
