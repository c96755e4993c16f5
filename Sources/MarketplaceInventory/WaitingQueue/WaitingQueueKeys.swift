public import MarketplaceCore

/// The subject of the keys of waiting queues.
public enum WaitingQueueSubject {}

/// Names one waiting queue of a store, in the caller's own terms: that of the sale it stands in front of.
public typealias WaitingQueueKey = TextKey<WaitingQueueSubject>
