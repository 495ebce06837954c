import Foundation

enum Samples {
    /// `gzip.compress(b"<rss/>", 9, mtime=0)` of Python 3.
    static let gzippedFeed = bytes("H4sIAAAAAAACA7MpKi7WtwMAZykovQYAAAA=")

    /// 64 MiB of zeros through `gzip.compress(…, 9, mtime=0)` twice.
    static let nestedBomb = bytes(
        """
        H4sIAAAAAAACA+3cr05CcRTA8YtcNyYbYiAZ5BGIFAYazAbNjgcgkmVzJgsvQWZjc7PSeAO02f0TnDM5L9z7GL/z\
        +aSTTzw7+549NrLSQf1jXavth9n8f/nVOMoAAACAxM1e7+vlMSDrFtvLqxsAAAAgdePjVl4dBf5uT8+tAwAAAJL3\
        MOi3qw+B77tJbh0AAACQvM7v26i6BWyKp5Nr+wAAAIDkvQgGAAAAQCiCAQAAABCLYAAAAADEIhgAAAAAwQgGAAAA\
        QCyCAQAAABCLYAAAAADEIhgAAAAAwQgGAAAAQCyCAQAAABDLYtDvlo8B7Z9iOrw4zAAAAIjkufnZe1/th3wHPEzs\
        +uL+AAA=
        """)

    private static func bytes(_ base64: String) -> [UInt8] {
        Array(Data(base64Encoded: base64) ?? Data())
    }
}
