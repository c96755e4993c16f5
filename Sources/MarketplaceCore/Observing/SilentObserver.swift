/// The observer that records nothing: the default everywhere.
public struct SilentObserver: Observer {
    /// Makes the observer.
    public init() {}

    /// Does nothing.
    public func record(_ event: some ObserverEvent) {}
}
