public import MarketplaceCore

/// The subject of the keys of search documents.
public enum SearchDocumentSubject {}

/// Names a document of a search index, by the text of a product's id say.
public typealias SearchKey = TextKey<SearchDocumentSubject>

/// The subject of the names of facets, numbers and flags.
public enum SearchFieldSubject {}

/// Names a facet, a number or a flag of documents, such as `category` or `price.EUR`.
public typealias SearchField = TextKey<SearchFieldSubject>

/// The subject of the values of facets.
public enum SearchValueSubject {}

/// A value of a facet, such as a category's id; values are compared as bytes.
public typealias SearchValue = TextKey<SearchValueSubject>

/// The subject of words.
public enum SearchWordSubject {}

/// A word as the tokenizer makes it: letters and digits, folded, at most ``SearchLimits/wordBytes`` bytes.
public typealias SearchWord = TextKey<SearchWordSubject>
