/** A certificate for 127.0.0.1 that no system trusts, and its key: for secure servers of tests, and for nothing else. */
export const certificate = `-----BEGIN CERTIFICATE-----
MIIBjjCCATSgAwIBAgIUNnBg2yJ6fjI8KvGNsyyq8qftO3kwCgYIKoZIzj0EAwIw
EzERMA8GA1UEAwwIbG9vcGJhY2swIBcNMjYxMTIyMjI0NzQwWhgPMjEyNjEwMjky
MjQ3NDBaMBMxETAPBgNVBAMMCGxvb3BiYWNrMFkwEwYHKoZIzj0CAQYIKoZIzj0D
AQcDQgAEmqc3Z62cSONd68gth+SKcSfD6MOeUufOkaIw2dUXekYwmVq0mnsoZi/Q
9Mc5Cvt5oBOZsKPCtG1eA3NHQRrvGqNkMGIwHQYDVR0OBBYEFCxnBwTo5qD+vnip
I6oH+Eckdd1xMB8GA1UdIwQYMBaAFCxnBwTo5qD+vnipI6oH+Eckdd1xMA8GA1Ud
EwEB/wQFMAMBAf8wDwYDVR0RBAgwBocEfwAAATAKBggqhkjOPQQDAgNIADBFAiEA
0IU5prEDdPXcXuTzpRdk/Jmuy2SS9kBRFArf0XhOURYCIHl51unmmWOsERy47xgi
abglQ/kJFlB1m+4+nDyJaN/9
-----END CERTIFICATE-----
`;

export const key = `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQg0BxjfMfuKKu9JKPL
4TO1TdCunvlBMefYOZzhh5V9gm+hRANCAASapzdnrZxI413ryC2H5IpxJ8Pow55S
586RojDZ1Rd6RjCZWrSaeyhmL9D0xzkK+3mgE5mwo8K0bV4Dc0dBGu8a
-----END PRIVATE KEY-----
`;
