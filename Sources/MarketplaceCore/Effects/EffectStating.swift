/// An error that says whether the effect it ended has happened.
///
/// Every error of this package conforms. For errors of others throw ``Refused`` or ``NotApplied`` where you know, and
/// let everything else pass: it counts as unknown.
public protocol EffectStating: Error {
    /// What is known about the effect that ended in this error.
    var effect: EffectOutcome { get }
}
