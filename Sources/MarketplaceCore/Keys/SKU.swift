/// What a ``SKU`` names.
public enum SKUSubject {}

/// The caller-chosen key under which the stock of one thing that can be sold is kept (stock-keeping unit).
public typealias SKU = TextKey<SKUSubject>
