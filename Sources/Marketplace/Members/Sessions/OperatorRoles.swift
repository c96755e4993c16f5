import MarketplaceCore
public import MarketplaceDomain

/// What each role among those who run the marketplace permits.
///
/// ```swift
/// let roles = OperatorRoles(["support": ["order", "payment"]], unlimited: ["administrator"])
/// ```
public struct OperatorRoles: Sendable, Hashable {
    private let permissions: [MemberRole: Set<OperatorPermission>]
    private let unlimited: Set<MemberRole>

    /// Roles that permit this.
    ///
    /// - Parameters:
    ///   - permissions: What each role permits; by default nothing is known.
    ///   - unlimited: The roles that permit everything.
    public init(_ permissions: [MemberRole: Set<OperatorPermission>] = [:], unlimited: Set<MemberRole> = []) {
        self.permissions = permissions
        self.unlimited = unlimited
    }

    /// Whether one of the roles permits it; a role that is not known permits nothing.
    public func permit(_ permission: OperatorPermission, to roles: some Sequence<MemberRole>) -> Bool {
        roles.contains { unlimited.contains($0) || permissions[$0]?.contains(permission) == true }
    }
}
