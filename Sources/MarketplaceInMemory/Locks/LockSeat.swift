/// How far somebody who waits for a lease has come.
enum LockSeat: Sendable {
    /// In line, but not yet where he can be woken.
    case entering
    /// Served, refused or cancelled before he could be woken; what he was given is kept in the table.
    case over
    /// Waits to be handed a grant, or nil when he gets none.
    case waiting(CheckedContinuation<LockTable.Grant?, Never>)
}
