/// What a caller names one command with, so that repeating the command returns the first result and changes nothing.
public enum IdempotencySubject {}

/// The caller-chosen key of one command or of one request to an outside service.
public typealias IdempotencyKey = TextKey<IdempotencySubject>
