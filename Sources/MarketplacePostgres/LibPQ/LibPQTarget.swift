#if LibPQ
/// Which servers are accepted, where several are named or one may have become a standby: libpq's
/// `target_session_attrs`.
public struct LibPQTarget: Hashable, Sendable {
    /// libpq's word.
    let name: String

    /// Any.
    public static let any = LibPQTarget(name: "any")
    /// One that takes writes.
    public static let readWrite = LibPQTarget(name: "read-write")
    /// One that takes none.
    public static let readOnly = LibPQTarget(name: "read-only")
    /// One that is no standby.
    public static let primary = LibPQTarget(name: "primary")
    /// A standby.
    public static let standby = LibPQTarget(name: "standby")
    /// A standby where there is one, otherwise any.
    public static let preferStandby = LibPQTarget(name: "prefer-standby")
}
#endif
