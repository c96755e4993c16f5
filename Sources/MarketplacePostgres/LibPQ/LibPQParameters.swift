#if LibPQ
import CMarketplaceLibPQ

/// The parameters of a connection string.
enum LibPQParameters {
    /// Those that a connection string gives; nil when it cannot be read.
    static func parsed(_ connectionString: String) -> [String: String]? {
        var message: UnsafeMutablePointer<CChar>?
        let options = unsafe PQconninfoParse(connectionString, &message)
        // The message may repeat a password that stands where none belongs.
        unsafe PQfreemem(message)
        guard let options = unsafe options else { return nil }
        defer { unsafe PQconninfoFree(options) }
        var parameters: [String: String] = [:]
        var place = unsafe options
        // The last one has no keyword.
        while let keyword = unsafe place.pointee.keyword {
            if let value = unsafe place.pointee.val {
                parameters[unsafe String(cString: keyword)] = unsafe String(cString: value)
            }
            unsafe place += 1
        }
        return parameters
    }

    /// Whether host and port can be what they are called: what is left of a password with `@` or `:` in it would be
    /// taken for one of them, and repeated when it leads nowhere.
    static func arePlausible(_ parameters: [String: String]) -> Bool {
        // A Unix socket may have a name that begins so.
        let hosts = parameters["host", default: ""].split(separator: ",")
        let ports = parameters["port", default: ""].split(separator: ",")
        return hosts.allSatisfy { !$0.dropFirst().contains("@") } && ports.allSatisfy { UInt16($0) != nil }
    }
}
#endif
