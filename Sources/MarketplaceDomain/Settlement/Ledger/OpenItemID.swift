public import MarketplaceCore

/// The subject of open items.
public enum OpenItemSubject {}

/// Names one open item: the entry that opened it and its account, so that there is one of each.
public typealias OpenItemID = TextKey<OpenItemSubject>
