public import MarketplaceCore

/// What an ``EnterpriseID`` names.
public enum EnterpriseSubject {}

/// Names an enterprise.
public typealias EnterpriseID = Identifier<EnterpriseSubject>
