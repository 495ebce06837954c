// One-shot digests and authentication codes are all that is needed; EVP keeps the algorithm's name
// out of the ABI.
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/sha.h>
