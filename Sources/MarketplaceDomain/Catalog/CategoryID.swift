public import MarketplaceCore

/// What a ``CategoryID`` names.
public enum CategorySubject {}

/// Names a category of the catalogue.
public typealias CategoryID = Identifier<CategorySubject>
