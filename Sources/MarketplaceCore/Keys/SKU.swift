/// What a ``SKU`` names: a thing that is counted in stock.
public enum StockKeepingUnit {}

/// The caller-chosen key under which the stock of one thing that can be sold is kept.
public typealias SKU = TextKey<StockKeepingUnit>
