public import MarketplaceCore

/// What a ``MemberID`` names.
public enum MemberSubject {}

/// Names a member, who buys.
public typealias MemberID = Identifier<MemberSubject>
