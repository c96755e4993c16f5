public import MarketplaceCore

/// The subject of the names of jobs.
public enum JobSubject {}

/// The stable name of a job, the same on every server: what is claimed and kept, is under it.
public typealias JobName = TextKey<JobSubject>
