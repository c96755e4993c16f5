public import MarketplaceCore

/// What a ``PartnerSchoolID`` names.
public enum PartnerSchoolSubject {}

/// Names a partner school.
public typealias PartnerSchoolID = Identifier<PartnerSchoolSubject>
