public import MarketplaceCore

/// The subject of the names of roles.
public enum MemberRoleSubject {}

/// A role among those who run the marketplace, such as `support`; what it permits is the application's to say.
public typealias MemberRole = TextKey<MemberRoleSubject>
