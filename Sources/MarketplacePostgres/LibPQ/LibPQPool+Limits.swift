#if LibPQ
extension LibPQPool {
    /// The limits of a pool.
    public struct Limits: Hashable, Sendable {
        /// The most connections that are lent or ready to be, those of listeners not counted: 8, for a server does most
        /// with a few per core, and allows 100 in all by default (`max_connections`).
        ///
        /// A call keeps a thread for as long as it runs, and a listener for as long as it listens; Dispatch has 255 of
        /// them on Linux.
        public var maximumConnections = 8
        /// The most tasks that wait for a connection: 10,000, whose waiting takes a few megabytes.
        public var maximumWaiting = 10_000
        /// How long a task waits for a connection before it is told that there are too many: 10 seconds, which is more
        /// than whoever asked has patience for.
        public var waitTimeOut = Duration.seconds(10)
        /// After how long in which nobody used it a connection is asked for a sign of life before it is lent, or while
        /// it listens: 10 seconds.
        ///
        /// One whose end the system has been told of is found without asking.
        public var idleCheck = Duration.seconds(10)
        /// How old a connection gets: an hour, so that memory the server keeps for it is given back, and servers that
        /// joined get their share.
        public var maximumLifetime = Duration.seconds(3_600)
        /// How long nobody tries to connect after it failed once: 50 milliseconds; each further time doubles it.
        public var shortestBackOff = Duration.milliseconds(50)
        /// How long at most: a second, so that a server that is back is found within it.
        public var longestBackOff = Duration.seconds(1)

        /// The defaults.
        public init() {}

        /// The defaults but for the number of connections.
        public init(maximumConnections: Int) {
            self.maximumConnections = maximumConnections
        }
    }
}
#endif
