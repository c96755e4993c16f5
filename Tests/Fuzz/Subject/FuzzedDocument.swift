/// The type of the documents that are fuzzed.
public typealias FuzzedDocument = StandInRules
