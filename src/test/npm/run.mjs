// Runs a client's script and says whether it came to its end.
try {
  await import('./clients/' + process.argv[2]);
  console.log('all is as it should be');
  process.exit(0);
} catch (error) {
  console.error(error);
  process.exit(1);
}
