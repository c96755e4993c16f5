#if LibPQ
/// The security of the transport: TLS as libpq and OpenSSL do it.
///
/// What is nil is left to the connection string, the environment and libpq, whose own mode is `prefer`: TLS where the
/// server has it, with no look at its certificate. Over a network that others can reach, use ``Mode/verifyFull``.
public struct LibPQTransport: Hashable, Sendable {
    /// How much is demanded: libpq's `sslmode`.
    public struct Mode: Hashable, Sendable {
        /// libpq's word.
        let name: String

        /// No TLS.
        public static let disable = Mode(name: "disable")
        /// TLS where the server has it.
        public static let prefer = Mode(name: "prefer")
        /// TLS, with anyone.
        public static let require = Mode(name: "require")
        /// TLS, with a certificate from the authorities of ``LibPQTransport/rootCertificate``.
        public static let verifyAuthority = Mode(name: "verify-ca")
        /// TLS, with a certificate from the authorities of ``LibPQTransport/rootCertificate`` for the name of the host.
        public static let verifyFull = Mode(name: "verify-full")
    }

    /// A version of TLS.
    public struct Version: Hashable, Sendable {
        /// libpq's word.
        let name: String

        /// TLS 1.0, which RFC 8996 deprecates.
        public static let tls10 = Version(name: "TLSv1")
        /// TLS 1.1, which RFC 8996 deprecates.
        public static let tls11 = Version(name: "TLSv1.1")
        /// TLS 1.2.
        public static let tls12 = Version(name: "TLSv1.2")
        /// TLS 1.3.
        public static let tls13 = Version(name: "TLSv1.3")
    }

    /// How much is demanded.
    public var mode: Mode?
    /// The lowest version: TLS 1.2, below which RFC 8996 wants nobody to go.
    public var minimumVersion = Version.tls12
    /// The file with the certificates of the authorities.
    public var rootCertificate: String?
    /// The file with our own certificate, where the server asks for one.
    public var certificate: String?
    /// The file with its key.
    public var key: String?

    /// Leaves everything to the connection string, the environment and libpq, but for the lowest version.
    public init(
        mode: Mode? = nil,
        minimumVersion: Version = .tls12,
        rootCertificate: String? = nil,
        certificate: String? = nil,
        key: String? = nil
    ) {
        self.mode = mode
        self.minimumVersion = minimumVersion
        self.rootCertificate = rootCertificate
        self.certificate = certificate
        self.key = key
    }

    /// Takes what a connection string says.
    mutating func take(from parameters: inout [String: String]) {
        mode = parameters.removeValue(forKey: "sslmode").map(Mode.init)
        rootCertificate = parameters.removeValue(forKey: "sslrootcert")
        certificate = parameters.removeValue(forKey: "sslcert")
        key = parameters.removeValue(forKey: "sslkey")
        if let version = parameters.removeValue(forKey: "ssl_min_protocol_version") {
            minimumVersion = Version(name: version)
        }
    }

    /// Adds the keywords of libpq.
    func add(to parameters: inout [String: String]) {
        parameters["ssl_min_protocol_version"] = minimumVersion.name
        parameters["sslmode"] = mode?.name
        parameters["sslrootcert"] = rootCertificate
        parameters["sslcert"] = certificate
        parameters["sslkey"] = key
    }
}
#endif
