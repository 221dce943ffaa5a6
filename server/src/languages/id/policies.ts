import type { Policies } from '../catalogue.ts'

export const policies: Policies = {
  'failure.address_not_allowed':
    'Alamat ini tidak dapat digunakan di sini. Gunakan alamat yang diterima layanan ini, atau tanyakan kepada pengelolanya.',
  'failure.invalid_invitation': 'Undangan ini telah digunakan, ditarik, atau terlalu lama. Minta undangan baru kepada orang yang mengundang Anda.',
  'failure.invited_has_account': 'Anda sudah memiliki akun. Masuk dengan akun itu.',
  'flow.invalid_invitation.title': 'Undangan ini telah berakhir',
  'flow.too_many_sessions.title': 'Terlalu banyak perangkat',
  'flow.too_many_sessions.text': 'Anda masuk di jumlah perangkat maksimum yang diizinkan. Keluar dari salah satunya, lalu masuk di sini.',
  'invitation.explanation': 'Akun baru hanya melalui undangan. Buka tautan dalam email yang mengundang Anda.',
  'terminate_sessions.title': 'Keluar di tempat lain?',
  'terminate_sessions.explanation':
    'Anda masuk di jumlah perangkat maksimum yang diizinkan. Untuk masuk di sini, perangkat berikut akan dikeluarkan:',
  'terminate_sessions.more': 'Perangkat lain: {count}',
  'terminate_sessions.facts': '{ip}, terakhir digunakan: {lastUsed}',
  'terminate_sessions.submit': 'Keluarkan dan lanjutkan',
  'mail.invitation.subject': 'Anda diundang ke {brand}',
  'mail.invitation.heading': 'Anda diundang',
  'mail.invitation.lead': 'Pengelola {brand} mengundang Anda untuk membuat akun dengan alamat ini.',
  'mail.invitation.link': 'Terima undangan',
  'mail.invitation.until': 'Berlaku hingga',
  'mail.invitation.ignore': 'Tautan ini hanya untuk Anda: jangan teruskan kepada siapa pun. Jika Anda tidak menginginkan akun, abaikan email ini.',
  'mail.account_locked.subject': 'Terlalu banyak percobaan salah pada akun {brand} Anda',
  'mail.account_locked.heading': 'Seseorang mencoba terlalu sering',
  'mail.account_locked.password':
    'Begitu banyak kata sandi salah dimasukkan untuk akun {brand} Anda sehingga kata sandinya tidak diterima untuk sementara.',
  'mail.account_locked.second_factor':
    'Seseorang yang melewati langkah pertama untuk masuk ke akun {brand} Anda memasukkan begitu banyak kode salah sehingga tidak ada kode yang diterima untuk sementara.',
  'mail.account_locked.one_time_code':
    'Begitu banyak kode salah dimasukkan untuk akun {brand} Anda sehingga kode yang dikirim kepada Anda tidak diterima untuk sementara.',
  'mail.account_locked.next_one_time_code':
    'Perangkat yang pernah Anda gunakan untuk masuk tidak terpengaruh. Di tempat lain, masuklah dengan cara lain atau tunggu. Jika itu bukan Anda, tidak ada yang berhasil masuk.',
  'mail.account_locked.until': 'Hingga',
  'mail.account_locked.next_password':
    'Perangkat yang pernah Anda gunakan untuk masuk tidak terpengaruh. Di tempat lain, Anda dapat masuk dengan cara lain, misalnya dengan kode yang dikirim kepada Anda, atau mengatur ulang kata sandi. Jika itu bukan Anda, tidak ada yang berhasil masuk.',
  'mail.account_locked.next_second_factor':
    'Perangkat yang pernah Anda gunakan untuk masuk tidak terpengaruh. Jika itu bukan Anda, seseorang mengetahui kata sandi atau membaca email Anda: segera atur ulang kata sandi.',
}
