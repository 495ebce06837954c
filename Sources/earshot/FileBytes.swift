import Glibc

/// All bytes of a file, or the first `limit` of them; nil where it cannot be read.
///
/// Read once into the array that is parsed: `FileManager` gives a `Data` of which an array would be
/// a copy.
func fileBytes(_ path: String, limit: Int) -> [UInt8]? {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    return allBytes(of: descriptor, limit: limit)
}

/// The same of what a person named, where `-` is standard input.
func namedBytes(_ name: String, limit: Int) -> [UInt8]? {
    name == "-" ? allBytes(of: STDIN_FILENO, limit: limit) : fileBytes(name, limit: limit)
}

private func allBytes(of descriptor: Int32, limit: Int) -> [UInt8]? {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { return nil }
    // Pipes and devices do not tell how much they hold.
    let isFile = status.st_mode & S_IFMT == S_IFREG
    let expected = isFile ? min(limit, max(0, Int(status.st_size)) + 1) : limit
    var isRead = true
    let bytes = [UInt8](unsafeUninitializedCapacity: expected) { buffer, count in
        while count < expected, let start = buffer.baseAddress {
            let got = read(descriptor, start + count, expected - count)
            if got < 0, errno == EINTR { continue }
            isRead = got >= 0
            guard got > 0 else { return }
            count += got
        }
    }
    return isRead ? bytes : nil
}
