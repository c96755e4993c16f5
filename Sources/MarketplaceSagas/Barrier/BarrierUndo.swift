/// What an undo at a ``Barrier`` found.
public enum BarrierUndo: Hashable, Sendable {
    /// The effect was there, and is undone now.
    case undone
    /// The effect had never come about, and never will: a tombstone was left.
    case neverPerformed
    /// It was undone before: nothing was changed.
    case repetition
}
