public import MarketplaceCore

/// What a ``MemberID`` names.
public enum MemberIdentity {}

/// Names a member, who buys.
public typealias MemberID = Identifier<MemberIdentity>
