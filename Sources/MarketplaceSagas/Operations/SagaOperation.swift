/// What an operator has decided about a saga that is stuck, with who and why.
public struct SagaOperation: Sendable, Hashable {
    /// What can be decided.
    public enum Verb: String, Sendable, Hashable, CaseIterable {
        /// Try the step, or its undo, again.
        case retry
        /// Go on as if the step, or its undo, had succeeded.
        case skip
        /// Go on with the undo of the step before: the effect of this one was taken back by hand.
        ///
        /// It is refused for a saga that is stuck on its way forward, where there is no undo.
        case markCompensated = "mark compensated"
        /// Declare the whole saga complete.
        case forceComplete = "force complete"
    }

    /// What was decided.
    public let verb: Verb
    /// Who decided it.
    public let actor: String
    /// Why.
    public let reason: String

    /// Makes a decision.
    public init(_ verb: Verb, by actor: String, because reason: String) {
        self.verb = verb
        self.actor = actor
        self.reason = reason
    }
}
