/// The subject of the keys of members.
public enum MemberSubject {}

/// Names somebody who buys, reserves or redeems, in the caller's own terms; for a guest, a key of the session will do.
public typealias MemberKey = TextKey<MemberSubject>
